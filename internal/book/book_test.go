package book_test

import (
	"testing"

	"github.com/reasonbook/reasonbook/internal/book"
)

func TestHeadingOf(t *testing.T) {
	for _, c := range []struct {
		language            book.Language
		title, reason, gist string
	}{
		{book.English, "OOMKilled: the memory limit was reached", "OOMKilled", "the memory limit was reached"},
		{book.English, "disk: quota: exceeded: nothing more can be written", "disk: quota: exceeded", "nothing more can be written"},
		{book.English, "the disk is full", "", "the disk is full"},
		{book.Japanese, "disk: quota：書き込めない", "disk: quota", "書き込めない"},
		{book.Chinese, "disk: quota: full", "", "disk: quota: full"},
	} {
		if got := book.HeadingOf(c.title, c.language); got != (book.Heading{Reason: c.reason, Gist: c.gist}) {
			t.Errorf("%s: %q and %q", c.title, got.Reason, got.Gist)
		}
	}
}
