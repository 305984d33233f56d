package reading

func kindOf(d *Document) Kind { return Report }
