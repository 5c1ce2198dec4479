"""What planners talk about: groups, competencies, programmes, funds, rules, and the scenario that holds them."""
