package evidence

import (
	"strings"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// The scheduler's list says of each node why it cannot take the pod:
//
//	0/12 nodes are available: 3 Insufficient cpu, 9 node(s) had untolerated taint {gpu: true}.
//	No nodes are available that match all of the predicates: Insufficient cpu (3), MatchNodeSelector (9).
//
// Nodes that the pod was never meant for (another selector, taint, cordoned)
// are in it too. What keeps the pod waiting is what the others say, the nodes
// that could take it; unless every node is of the first kind.

// unmeant are words of clauses about nodes that the pod was not meant for.
var unmeant = []string{"taint", "selector", "node affinity", "unschedulable", "nodeaffinity", "not ready", "notready", "cordoned"}

// tied are words of clauses about nodes that a volume of the pod excludes.
var tied = []string{"volume node affinity", "persistentvolume's node affinity", "volume zone"}

// heldBack are words of what keeps the autoscaler from enlarging a group that fits.
var heldBack = []string{"max node group size", "max cluster", "max total nodes", "in backoff"}

// clauseRank orders the clauses of the scheduler's list: 0 decides.
func (c *inquiry) clauseRank(h *hit) int {
	if h.record.Operation != reading.Schedule && h.inner != reading.Schedule {
		return 0
	}
	text := c.doc.Text[h.record.Start:h.record.End]
	at := h.Start - h.record.Start
	list := strings.Index(text, "nodes are available:")
	groups := false
	if list < 0 {
		list = strings.Index(text, "trigger scale-up")
		groups = list >= 0
	}
	oldest := false
	if list < 0 { // before Kubernetes 1.8: “… that match all of the predicates: Insufficient cpu (3), …”
		list = strings.Index(text, "predicates:")
		oldest = list >= 0
	}
	if list < 0 || at < list {
		return 0
	}
	if i := strings.Index(strings.ToLower(text), "preemption:"); i >= 0 && at > i {
		return 1 << 20 // what preemption would not help either
	}
	all := nodesBefore(text[:list])
	if oldest {
		all = nodesIn(text[list:])
	}
	from := strings.LastIndexAny(text[:at+1], ",:")
	for from > list && strings.Count(text[list:from], "{") > strings.Count(text[list:from], "}") { // a taint's own colon
		from = strings.LastIndexAny(text[:from], ",:")
	}
	from++
	to := len(text)
	if i := strings.IndexByte(text[at:], ','); i >= 0 {
		to = at + i
	}
	clause := strings.ToLower(text[from:to])
	count := firstNumber(clause)
	if oldest {
		count = nodesIn(clause)
	}
	rank := 1<<10 - min(count, 1<<10-1)
	switch {
	case groups && contains(clause, heldBack):
		rank = 0
	case contains(clause, tied):
		if groups || count < all {
			rank += 1 << 11
		} else {
			rank = 0
		}
	case contains(clause, unmeant):
		if groups || count < all {
			rank += 1 << 12
		} else {
			rank = 0
		}
	}
	return rank
}

// nodesBefore returns how many nodes “0/12” counts.
func nodesBefore(s string) int {
	i := strings.LastIndexByte(s, '/')
	if i < 0 {
		return 0
	}
	return firstNumber(s[i+1:])
}

// nodesIn adds up the nodes that the oldest form counts: “Insufficient cpu (3)”.
func nodesIn(s string) int {
	n := 0
	for {
		_, rest, ok := strings.Cut(s, " (")
		if !ok {
			return n
		}
		n, s = n+firstNumber(rest), rest
	}
}

func firstNumber(s string) int {
	s = strings.TrimLeft(s, " ")
	n := 0
	for i := 0; i < len(s) && i < 7 && '0' <= s[i] && s[i] <= '9'; i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
