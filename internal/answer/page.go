package answer

import (
	"html"
	"strings"

	"github.com/reasonbook/reasonbook/internal/address"
)

// The page of an answer is written here rather than by html/template, whose
// start and size every cold start of the function would pay for. Everything
// that is not markup goes through esc, but for fragments of the type markup.

// markup is HTML that this program has made.
type markup string

// esc returns s for a text or for an attribute in double quotes.
func esc(s string) string { return html.EscapeString(s) }

// paragraph writes a paragraph, if there is something to put into it.
func (o *output) paragraph(class, text string) {
	if text != "" {
		o.add("\n", `<p class="`, class, `">`, esc(text), "</p>")
	}
}

// writeHead writes what stands before the diagnoses.
func (p *htmlPage) writeHead(o *output) {
	site, folder := esc(p.SiteURL), esc(p.Folder)
	o.add(`<!doctype html>
<html lang="`, esc(p.Language), `">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>`, esc(p.Title), ` · reasonbook</title>
<link rel="icon" type="image/svg+xml" href="`, site, `assets/icon.svg">
<link rel="stylesheet" href="`, site, `assets/site.css">
<script src="`, site, `assets/early.js"></script>
<script src="`, site, `assets/site.js" defer></script>
</head>
<body data-folder="`, folder, `">
<a class="skip" href="#content">`, esc(p.Skip), `</a>
<header class="top">
<a class="brand" href="`, site, folder, `/">reasonbook</a>
<nav class="kinds" aria-label="`, esc(p.Menu), `"><ul><li><a href="`, site, folder, `/states/"><span class="mark state"></span>`, esc(p.States), `</a></li></ul></nav>
<nav class="languages" aria-label="`, esc(p.LanguageLabel), `">
<ul>`)
	for _, l := range p.Languages {
		current := ""
		if l.Folder == p.Folder {
			current = ` aria-current="true"`
		}
		o.add(`
<li><a href="`, site, esc(l.Folder), `/" lang="`, esc(l.Folder), `" hreflang="`, esc(l.Folder), `"`, current, `>`, esc(l.Name), `</a></li>`)
	}
	o.add(`
</ul>
</nav>
</header>
<main id="content" data-copy="`, esc(p.Copy), `" data-copied="`, esc(p.Copied), `">
<h1>`, esc(p.Title), `</h1>`)
	o.paragraph("note", p.Hint)
	o.paragraph("small", p.Detail)
	for _, line := range p.Truncated {
		o.paragraph("note", line)
	}
	if p.Summary == "" {
		return
	}
	o.add("\n<nav class=\"summary\" aria-labelledby=\"summary\">\n<h2 id=\"summary\">", esc(p.Summary), "</h2>\n<ol>")
	for i := range p.Findings {
		f := &p.Findings[i]
		o.add("\n<li><a href=\"#", esc(f.Place), `">`)
		if f.Subject != "" {
			o.add("<code>", esc(f.Subject), "</code> ")
		}
		o.add(esc(f.Title), "</a> <q>", esc(f.Evidence), "</q></li>")
	}
	o.add("\n</ol>")
	o.paragraph("small", p.More)
	o.add("\n</nav>")
}

// maxReported is how much of a text is put into a report, in bytes.
const maxReported = 4000

// writeTail writes what stands after the diagnoses.
func (p *htmlPage) writeTail(o *output) {
	if len(p.Discarded) > 0 {
		o.add("\n<h2>", esc(p.DiscardedLabel), "</h2>\n<ul class=\"why\" lang=\"en\">")
		for _, d := range p.Discarded {
			o.add("\n<li>", esc(d.ID), " <q>", esc(d.Text), "</q>: ", esc(d.Why), "</li>")
		}
		o.add("\n</ul>")
	}
	if len(p.Errors) > 0 {
		o.add("\n<h2>", esc(p.Problem), "</h2>\n<ul class=\"errors\">")
		for _, line := range p.Errors {
			o.add("\n<li>", esc(line), "</li>")
		}
		o.add("\n</ul>")
	}
	if p.ReportURL != "" {
		// The script of the site puts the text into the link, as it stands in the box.
		o.add("\n<details class=\"report\" data-report=\"", esc(p.ReportURL), `"><summary>`, esc(p.Report), "</summary>\n<p>", esc(p.Warning),
			"</p>\n<textarea rows=\"5\" spellcheck=\"false\" aria-label=\"", esc(p.Report), `">`, esc(cut(p.Pasted, maxReported)), `</textarea>
<p><a class="more" href="`, esc(address.Reporting(p.ReportURL, "")), `" rel="noreferrer">`, esc(p.Report), "</a></p>\n</details>")
	}
	o.add(`
<form class="ask" method="post" action="/diagnose?lang=`, esc(p.Folder), `">
<label for="reason">`, esc(p.Paste), `</label>
<textarea id="reason" name="reason" rows="5" required spellcheck="false" autocapitalize="off">`, esc(p.Pasted), `</textarea>`)
	o.paragraph("small", p.TooLong)
	o.add(`
<div class="act"><button>`, esc(p.Ask), `</button></div>
</form>
</main>
</body>
</html>
`)
}

func (d *htmlDiagnosis) write(o *output) {
	o.add("\n<section class=\"diagnosis\">")
	if d.Subject != "" {
		o.add("\n<p class=\"subject\"><code>", esc(d.Subject), "</code></p>")
	}
	if len(d.Subjects) > 0 {
		o.add("\n<p>", esc(d.SameCause), "</p>\n<ul class=\"subjects\">")
		for _, s := range d.Subjects {
			o.add("\n<li><code>", esc(s), "</code></li>")
		}
		o.add("\n</ul>")
	}
	o.paragraph("note", d.Note)
	if len(d.Next) > 0 {
		o.add("\n<p>", esc(d.NextLabel), "</p>\n<pre><code>", esc(strings.Join(d.Next, "\n")), "</code></pre>")
	}
	if len(d.Causes) > 0 {
		o.add("\n<p>", esc(d.Decides), "</p>")
		writeCauses(o, d.Causes)
	}
	d.writeLinks(o, "ways", d.NearestLabel, d.Nearest)
	d.writeLinks(o, "related", d.RelatedLabel, d.Related)
	for i := range d.Matches {
		d.writeMatch(o, &d.Matches[i])
	}
	o.add("\n</section>")
}

// writeLinks writes a list of entries, if there is one.
func (d *htmlDiagnosis) writeLinks(o *output, class, label string, list []htmlLink) {
	if len(list) == 0 {
		return
	}
	o.add("\n<p>", esc(label), "</p>\n<ul class=\"", class, "\">")
	for i := range list {
		m := &list[i]
		o.add("\n<li><span class=\"mark ", esc(m.Kind), `"></span><a href="`, esc(m.URL), `">`)
		if m.Reason != "" {
			o.add(esc(m.Reason), esc(d.Colon))
		}
		o.add(esc(m.Gist), "</a></li>")
	}
	o.add("\n</ul>")
}

// writeCauses writes what may have brought about what is seen, by what messages say.
func writeCauses(o *output, list []htmlLink) {
	o.add("\n<dl class=\"signs\">")
	for i := range list {
		c := &list[i]
		o.add("\n<div><dt><code>", esc(c.Sign), `</code></dt><dd><a href="`, esc(c.URL), `">`, esc(c.Gist), "</a></dd></div>")
	}
	o.add("\n</dl>")
}

func (d *htmlDiagnosis) writeMatch(o *output, m *htmlMatch) {
	o.add("\n<article class=\"match ", esc(m.Kind), `" data-entry="`, esc(m.ID), `"`)
	if m.Anchor != "" {
		o.add(` id="`, esc(m.Anchor), `"`)
	}
	o.add(">\n<p class=\"kind\"><span class=\"mark ", esc(m.Kind), `"></span>`, esc(m.KindName), "</p>\n<h2><a href=\"", esc(m.URL), `">`)
	if m.Reason != "" {
		o.add(`<span class="reason">`, esc(m.Reason), `</span><span class="separator">`, esc(d.Colon), `</span>`)
	}
	o.add(`<span class="gist">`, esc(m.Gist), "</span></a></h2>")
	if m.Explained == "" {
		o.add("\n<p class=\"facts\"><span class=\"", esc(m.Heals.Word), `">`, esc(m.Heals.Meaning), `</span> <span class="`, esc(m.Waiting.Word), `">`, esc(m.Waiting.Meaning), "</span></p>")
	}
	o.add("\n<p class=\"evidence\"><span>", esc(d.Evidence), "</span> <q>", esc(m.Evidence), "</q></p>")
	if len(m.Shows) > 0 {
		o.add("\n<p class=\"above\">", esc(d.Shows))
		for i := range m.Shows {
			state := &m.Shows[i]
			o.add(` <a data-shows="`, esc(state.ID), `" href="`, esc(state.URL), `"><span class="mark `, esc(state.Kind), `"></span>`, esc(state.Short()), "</a>")
		}
		o.add("</p>")
	}
	for i := range m.Alternatives {
		other := &m.Alternatives[i]
		o.add("\n<p>", esc(d.Alternative), esc(d.Colon), `<a href="`, esc(other.URL), `">`)
		if other.Reason != "" {
			o.add(esc(other.Reason), esc(d.Colon))
		}
		o.add(esc(other.Gist), "</a></p>")
	}
	if len(m.Why) > 0 {
		o.add("\n<ul class=\"why\" lang=\"en\">")
		for _, line := range m.Why {
			o.add("\n<li>", esc(line), "</li>")
		}
		o.add("\n</ul>")
	}
	if len(m.Next) > 0 {
		o.add("\n<h3>", esc(d.Decides), "</h3>")
		writeCauses(o, m.Next)
	}
	steps := d.Steps
	if m.Explained != "" {
		steps = d.StepsHere
		o.add("\n<p><a href=\"", esc(m.FirstURL), `">`, esc(m.Explained), "</a></p>")
	} else {
		o.add("\n<div class=\"meaning\">", string(m.Meaning), "</div>")
	}
	// With several findings one sees them all first.
	opened := m.Explained == "" || len(m.Steps) > 0
	if opened {
		o.add("\n<details")
		if !d.Several {
			o.add(" open")
		}
		o.add("><summary>", esc(steps), "</summary>")
	}
	if m.Explained == "" {
		o.add("\n<h3>", esc(d.Confirm), "</h3>\n<div class=\"confirm\">", string(m.Confirm), "</div>\n<h3>", esc(d.Steps), "</h3>")
	}
	if len(m.Steps) > 0 {
		o.add("\n<ol class=\"steps\">")
		for _, step := range m.Steps {
			o.add("\n<li")
			if step.Number != 0 {
				o.add(` value="`, number(step.Number), `"`)
			}
			o.add(">", string(step.Text), "</li>")
		}
		o.add("\n</ol>")
	}
	o.paragraph("small", m.PictureNote)
	if opened {
		o.add("\n</details>")
	}
	if m.Explained == "" {
		open := d.Open
		if strings.Contains(m.URL, "#") {
			open = d.More
		}
		o.add("\n<p><a class=\"more\" href=\"", esc(m.URL), `">`, esc(open), "</a></p>")
	}
	o.add("\n</article>")
}
