// Package assess holds the assessment (考核) of townships and departments: a scheme of weighted indicators as data, the figures
// that they are judged by, each with everything that it was counted from, and the life of an assessment from the draft
// over the comments of those assessed to the sealed final one. Plan item 42: assessed every year, published, and whoever does
// not pass is proposed for a talk (约谈) and for suspended approvals (限批), which only the province or the ministry may order.
package assess
