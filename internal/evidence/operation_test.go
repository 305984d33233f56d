package evidence_test

import "testing"

// TestOperationOfAMessage: which operation a message is about decides whether a
// phrase of pulls counts in it.
func TestOperationOfAMessage(t *testing.T) {
	entries, x := testBook(t)
	for _, c := range []struct{ name, text, want string }{
		{
			"the message of a state in JSON",
			`{"name":"web","ready":false,"state":{"waiting":{"message":"dial tcp 198.51.100.7:443: i/o timeout","reason":"ErrImagePull"}}}`,
			"image-network err-image-pull",
		},
		{
			"the message of a state in describe",
			"    State:          Waiting\n      Reason:       ErrImagePull\n      Message:      dial tcp 198.51.100.7:443: i/o timeout\n",
			"image-network err-image-pull",
		},
		{
			"the message of an exit stays open",
			"    Last State:     Terminated\n      Reason:       Error\n      Message:      dial tcp 198.51.100.7:443: i/o timeout\n",
			"error",
		},
		{
			"a creation that failed is no pull",
			"Warning  Failed  12s (x4 over 45s)  kubelet  Error: no running task found: task 77c0a9 not found",
			"",
		},
		{
			"the runtime's own request to a registry",
			`Error response from daemon: Get "https://registry.example.com/v2/": dial tcp 198.51.100.7:443: i/o timeout`,
			"image-network",
		},
		{
			"a name left out of a real message is no template",
			`Failed to pull image "<registry>/web:1": rpc error: code = Unknown desc = manifest unknown`,
			"image-not-found err-image-pull",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := answers(t, entries, x, c.text); got != c.want {
				t.Errorf("answers %q, want %q", got, c.want)
			}
		})
	}
}
