package answer

import "github.com/reasonbook/reasonbook/internal/book"

// Heals and Waiting say what the fields of entries mean for people, in each
// language; Changes stands before commands that change something.
var (
	Heals = [...]map[book.Heals]string{
		book.English:  {book.HealsAlone: "May pass by itself", book.HealsAfterFix: "Recovers by itself once the cause is fixed", book.HealsNever: "Does not recover without a change"},
		book.Japanese: {book.HealsAlone: "自然に解消することがあります", book.HealsAfterFix: "原因を取り除けば自動的に復旧します", book.HealsNever: "変更を加えないと復旧しません"},
		book.Chinese:  {book.HealsAlone: "可能自行恢复", book.HealsAfterFix: "消除原因后会自动恢复", book.HealsNever: "不做修改就无法恢复"},
	}
	Waiting = [...]map[book.Waiting]string{
		book.English:  {book.Safe: "Waiting does no harm", book.Harmful: "Waiting does harm"},
		book.Japanese: {book.Safe: "待っても悪化しません", book.Harmful: "放置すると被害が広がります"},
		book.Chinese:  {book.Safe: "等待不会造成损害", book.Harmful: "拖延会扩大影响"},
	}
	Changes = [...]string{book.English: "Changes something", book.Japanese: "変更を伴う操作", book.Chinese: "会更改集群"}
)

// facts says in a line whether a failure passes by itself, and whether waiting
// does harm.
func facts(e *book.Entry, l book.Language) string {
	return Heals[l][e.Heals] + " · " + Waiting[l][e.Waiting]
}

// MissingLabels returns what is said where no entry matches: on the link that
// reports a message, beside it, and above the pages that use its words.
func MissingLabels(l book.Language) (report, hint, related string) {
	return labels[l].report, labels[l].reportHint, labels[l].related
}
