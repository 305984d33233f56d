package payload

import (
	"bytes"
	"encoding/json"
)

// isObjects reports whether a body is several objects of Kubernetes, one after the
// other, as jq and kubectl get -w print them: on a line each, or on many. A log
// whose lines are JSON is none.
func isObjects(body []byte) bool {
	d := json.NewDecoder(bytes.NewReader(body))
	n := 0
	for ; d.More(); n++ {
		var raw json.RawMessage
		if d.Decode(&raw) != nil {
			return false
		}
		if m := membersOf(raw); m == nil || kubernetesReader(m) == nil {
			return false
		}
	}
	return n > 1
}

// readObjects reads them as the items of a List, which they might as well be.
func readObjects(body []byte, at place) ([]Case, *Error) {
	list := []byte(`{"kind":"List","apiVersion":"v1","items":[`)
	d := json.NewDecoder(bytes.NewReader(body))
	for n := 0; d.More(); n++ {
		var raw json.RawMessage
		if d.Decode(&raw) != nil {
			break // isObjects has seen that this does not happen
		}
		if n > 0 {
			list = append(list, ',')
		}
		list = append(list, raw...)
	}
	return readObject(append(list, "]}"...), at)
}
