package reading

import (
	"strings"
	"time"
)

// timeOf reads a time as kubectl describe or an object writes it, zero if it is
// none: “Fri, 21 Nov 2025 18:22:55 +0900”, “2025-11-21T09:22:55.25Z”. The
// package time would read it, too, but its layouts weigh much in a browser.
func timeOf(s string) time.Time {
	var c clock
	if _, rest, ok := strings.Cut(s, ", "); ok {
		c.rest = rest
		c.day = c.number(1, 2, " ")
		c.month = c.monthName()
		c.year = c.number(4, 4, " ")
	} else {
		c.rest = s
		c.year = c.number(4, 4, "-")
		c.month = c.number(2, 2, "-")
		c.day = c.number(2, 2, "T")
	}
	c.hour, c.minute, c.second = c.number(2, 2, ":"), c.number(2, 2, ":"), c.number(2, 2, "")
	offset := c.zone()
	if c.wrong || c.month < 1 || c.month > 12 || c.day < 1 || c.day > 31 || c.hour > 23 || c.minute > 59 || c.second > 60 {
		return time.Time{}
	}
	return time.Unix(int64(c.days())*86400+int64(c.hour*3600+c.minute*60+c.second-offset), 0).UTC()
}

// A clock reads the parts of a time one after the other.
type clock struct {
	rest                                   string
	year, month, day, hour, minute, second int
	wrong                                  bool
}

// number takes a number of so many digits and the sign behind it.
func (c *clock) number(least, most int, behind string) int {
	n := 0
	for n < most && n < len(c.rest) && isDigit(c.rest[n]) {
		n++
	}
	value, _ := number(c.rest[:n])
	if n < least || !strings.HasPrefix(c.rest[n:], behind) {
		c.wrong = true
		return 0
	}
	c.rest = c.rest[n+len(behind):]
	return value
}

// monthName takes “Nov ”.
func (c *clock) monthName() int {
	name, rest, _ := strings.Cut(c.rest, " ")
	c.rest = rest
	i := strings.Index("JanFebMarAprMayJunJulAugSepOctNovDec", name)
	if len(name) != 3 || i%3 != 0 {
		c.wrong = true
	}
	return i/3 + 1
}

// zone takes the fraction of a second, if there is one, and the zone. It returns
// the zone's offset in seconds.
func (c *clock) zone() int {
	if strings.HasPrefix(c.rest, ".") {
		c.rest = strings.TrimLeft(c.rest[1:], "0123456789")
	}
	c.rest = strings.TrimPrefix(c.rest, " ")
	if c.rest == "Z" {
		return 0
	}
	sign := 1
	switch {
	case strings.HasPrefix(c.rest, "-"):
		sign = -1
	case !strings.HasPrefix(c.rest, "+"):
		c.wrong = true
		return 0
	}
	c.rest = strings.Replace(c.rest[1:], ":", "", 1)
	hours := c.number(2, 2, "")
	minutes := c.number(2, 2, "")
	c.wrong = c.wrong || c.rest != ""
	return sign * (hours*3600 + minutes*60)
}

// days returns the days since 1970, by the Gregorian calendar whose years begin
// in March, so that a leap day is a year's last.
func (c *clock) days() int {
	y, m := c.year, c.month-3
	if m < 0 {
		y, m = y-1, m+12
	}
	era := y / 400
	inEra := y - era*400
	return era*146097 + inEra*365 + inEra/4 - inEra/100 + (153*m+2)/5 + c.day - 1 - 719468
}

// age reads an age as kubectl prints it: 5d8h, 2m11s, 96s, 140d.
func age(s string) (time.Duration, bool) {
	if s == "" || s[0] < '0' || s[0] > '9' {
		return 0, false
	}
	var total time.Duration
	n := 0
	digits := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if '0' <= c && c <= '9' {
			if n > 1e6 {
				return 0, false
			}
			n, digits = n*10+int(c-'0'), true
			continue
		}
		if !digits {
			return 0, false
		}
		unit := time.Duration(0)
		switch c {
		case 's':
			unit = time.Second
		case 'm':
			unit = time.Minute
			if i+1 < len(s) && s[i+1] == 's' {
				unit = time.Millisecond
				i++
			}
		case 'h':
			unit = time.Hour
		case 'd':
			unit = 24 * time.Hour
		case 'y':
			unit = 365 * 24 * time.Hour
		default:
			return 0, false
		}
		total += time.Duration(n) * unit
		n, digits = 0, false
	}
	return total, !digits
}
