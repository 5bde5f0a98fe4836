// Package seeds reads what a district is made of: its cells and their land, the places people name, departments,
// categories of pollution, the numbers of law and practice with their sources, holidays and a roster. All of it is data
// in a folder: seeds/ledu is one district, another folder is another. Whatever is wrong with a file is reported with
// file, line, what is wrong and what was expected, and all of it at once.
package seeds
