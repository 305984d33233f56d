//go:build !js

package filter

import _ "embed"

// gramsRare is gramsCommon of the other pieces.
//
//go:embed grams_rare.txt
var gramsRare string
