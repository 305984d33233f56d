package filter

// gramsRare is left out of the matcher for browsers, where it would be a fortieth
// of what is loaded: pieces that are not common all count as rare there.
const gramsRare = ""
