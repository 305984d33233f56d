package reading

// Healthy reports whether the text shows that nothing is failing: every Pod that
// it names runs and is ready, or has ended as it should, it is not being deleted,
// and nothing else is said. What the text proves besides is for others to find.
func (d *Document) Healthy() bool {
	if len(d.Subjects) == 0 || d.Kind != Report {
		return false
	}
	for i := range d.Subjects {
		s := &d.Subjects[i]
		well := s.Finished || s.Running && s.Ready == Yes && s.ContainersReady != No
		if s.Kind != "Pod" || s.Deleting || !well {
			return false
		}
		for k := range s.Containers {
			if c := &s.Containers[k]; !c.Init && !s.Finished && c.Ready != Yes {
				return false
			}
		}
	}
	for i := range d.Records {
		switch r := &d.Records[i]; r.Source {
		case Message, Log, Condition:
			return false
		case Event:
			if r.Warning {
				return false
			}
		}
	}
	return true
}
