"""From a search to a plan that is paid in whole rupiah, proven and checked: drafts, attempts and claims."""
