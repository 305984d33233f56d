package match

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// benchmarkTexts are what users send: a status, an event, and a log in which
// nothing but its last line says anything.
func benchmarkTexts() []struct{ name, text string } {
	const event = `Warning  BackOff  12s (x5 over 58s)  kubelet  back-off 5m0s restarting failed container=app pod=cart-7d9f_shop(0a1b-2c3d)`
	var log strings.Builder
	for i := 0; log.Len() < 1<<20; i++ {
		fmt.Fprintf(&log, "2026-11-23T01:02:%02dZ INFO [http-nio-8080-exec-%d] c.e.shop.CartService : order %x saved in %d ms, container app, no error\n", i%60, i%10, i*7919, i%97)
	}
	return []struct{ name, text string }{
		{"status", "CrashLoopBackOff"},
		{"event", event},
		{"log-1MiB", log.String() + event},
	}
}

// synthetic returns n entries with a pattern each, made of a small vocabulary
// with one number that tells them apart, as messages with error codes are.
func synthetic(n int) []Entry {
	entries := make([]Entry, n)
	for i := range entries {
		entries[i].Patterns = []string{fmt.Sprintf("failed to start container {container} in pod {pod}: error code %d of module m%d", i, i%311)}
	}
	return entries
}

// BenchmarkMatch compares the index with what it replaces, a list of regular
// expressions tried one by one. The list has the patterns of the index of this
// test, about 15; the index is also measured with 100,000 patterns more.
func BenchmarkMatch(b *testing.B) {
	var entries []Entry
	var list []*regexp.Regexp
	for _, e := range testBook {
		entries = append(entries, e.Entry)
		for _, pattern := range append(e.Patterns, e.Status...) {
			list = append(list, asRegexp(pattern))
		}
	}
	small, err := Compile(entries)
	if err != nil {
		b.Fatal(err)
	}
	large, err := Compile(append(entries, synthetic(100_000)...))
	if err != nil {
		b.Fatal(err)
	}
	for _, text := range benchmarkTexts() {
		for _, index := range []struct {
			name string
			*Index
		}{{"index", New(small)}, {"index-100000", New(large)}} {
			b.Run(text.name+"/"+index.name, func(b *testing.B) {
				b.SetBytes(int64(len(text.text)))
				b.ReportAllocs()
				for b.Loop() {
					if len(index.Match(text.text)) == 0 {
						b.Fatal("no match")
					}
				}
			})
		}
		b.Run(text.name+"/regexps", func(b *testing.B) {
			b.SetBytes(int64(len(text.text)))
			b.ReportAllocs()
			for b.Loop() {
				found := false
				for _, r := range list {
					found = r.FindStringSubmatchIndex(text.text) != nil || found
				}
				if !found {
					b.Fatal("no match")
				}
			}
		})
	}
}

// asRegexp returns a regular expression for a pattern, as one would write it by hand.
func asRegexp(pattern string) *regexp.Regexp {
	parts := regexp.MustCompile(`\{[^}]*\}`).Split(pattern, -1)
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(regexp.QuoteMeta(part), " ", `\s+`)
	}
	return regexp.MustCompile("(?i)" + strings.Join(parts, `(\S+?)`))
}

func BenchmarkCompile(b *testing.B) {
	entries := synthetic(100_000)
	for b.Loop() {
		if _, err := Compile(entries); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNearest(b *testing.B) {
	x := testIndex(b)
	for b.Loop() {
		x.Nearest("CrashLopBackOf", 3)
	}
}
