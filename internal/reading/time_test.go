package reading

import (
	"testing"
	"time"
)

// TestTimeOf holds times to what the package time reads.
func TestTimeOf(t *testing.T) {
	for _, layout := range []string{time.RFC1123Z, "Mon, 2 Jan 2006 15:04:05 -0700", time.RFC3339, time.RFC3339Nano} {
		for at := time.Date(1999, 12, 31, 23, 59, 58, 0, time.UTC); at.Year() < 2033; at = at.Add(35*time.Hour + 7*time.Minute + 3*time.Second) {
			for _, zone := range []*time.Location{time.UTC, time.FixedZone("", 9*3600), time.FixedZone("", -(3*3600 + 1800))} {
				s := at.In(zone).Format(layout)
				if got := timeOf(s); !got.Equal(at) {
					t.Fatalf("%q: got %v, want %v", s, got, at)
				}
			}
		}
	}
	if got := timeOf("2025-11-21T09:22:55.2534Z"); !got.Equal(time.Date(2025, 11, 21, 9, 22, 55, 0, time.UTC)) {
		t.Errorf("with a fraction: %v", got)
	}
	for _, s := range []string{
		"", "now", "Fri, ", "2025-11-21", "2025-11-21T09:22:55", "2025-13-21T09:22:55Z", "2025-00-21T09:22:55Z", "2025-11-32T09:22:55Z",
		"2025-11-21T24:22:55Z", "2025-11-21T09:60:55Z", "2025-11-21T09:22:55+9", "2025-11-21T09:22:55Z and more",
		"Fri, 21 anF 2025 18:22:55 +0900", "Fri, 21 Nov 2025 18:22:55", "<none>",
	} {
		if got := timeOf(s); !got.IsZero() {
			t.Errorf("%q: %v", s, got)
		}
	}
}
