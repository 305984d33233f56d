package card_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"sync"
	"testing"

	"github.com/reasonbook/reasonbook/site/card"
)

func decode(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestDraw(t *testing.T) {
	seen := map[string]card.Card{}
	for _, c := range []card.Card{
		{"state", "ImagePullBackOff"}, {"cause", "ImagePullBackOff"}, {"log", "ImagePullBackOff"}, {"", "ImagePullBackOff"},
		{"state", "Readiness check failed according to l4 listener"}, {"state", strings.Repeat("long ", 100)},
		{"state", strings.Repeat("x", 1000)}, {"state", ""},
	} {
		data := card.Draw(nil, c)
		if other, ok := seen[string(data)]; ok {
			t.Errorf("%v looks like %v", c, other)
		}
		seen[string(data)] = c
		img := decode(t, data)
		if size := img.Bounds().Size(); size != image.Pt(card.Width, card.Height) {
			t.Errorf("%v: %v pixels", c, size)
		}
		if len(data) > 20<<10 {
			t.Errorf("%v: %d bytes", c, len(data))
		}
		// Nothing but the bar stands at the edges.
		paper := img.At(card.Width-1, 0)
		for y := range card.Height {
			for x := range card.Width {
				if (x >= card.Width-60 || y < 40 || y >= card.Height-40) && x > 40 && img.At(x, y) != paper {
					t.Fatalf("%v: something stands at %d, %d", c, x, y)
				}
			}
		}
	}
	for _, text := range []string{"イメージ", "\x00\xff", "\n"} {
		if !bytes.Equal(card.Draw(nil, card.Card{Kind: "log", Text: text}), card.Draw(nil, card.Card{Kind: "log"})) {
			t.Errorf("%q is drawn", text)
		}
	}
}

func TestSameBytes(t *testing.T) {
	want := card.Draw(nil, card.Card{Kind: "cause", Text: "image-not-found"})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if !bytes.Equal(card.Draw(nil, card.Card{Kind: "cause", Text: "image-not-found"}), want) {
				t.Error("two images of one card differ")
			}
		})
	}
	group.Wait()
}

func BenchmarkDraw(b *testing.B) {
	for b.Loop() {
		b.SetBytes(int64(len(card.Draw(nil, card.Card{Kind: "state", Text: "CreateContainerConfigError"}))))
	}
}
