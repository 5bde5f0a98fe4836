// Package incident knows how a sudden environmental incident (突发环境事件) is graded and reported: which words raise an
// alarm, which level it has, until when and to whom the bureau must report it, and what each report must say
// (突发环境事件信息报告办法, 环境保护部令第17号 2011, "the rule" below; its text was read). It is pure: the numbers, words and
// names come from the district's data, the time is an argument.
package incident
