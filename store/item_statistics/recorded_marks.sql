-- As `marks`, each item by the number of its wording: a text that was edited is another item.
SELECT r.person_no, w.item_no, r.mark, r.rest, r.response
FROM recorded r
JOIN wordings w ON w.term_no = r.term_no AND w.version_no = r.version_no
