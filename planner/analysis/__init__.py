"""What-if: the questions that planners ask of a plan, each answered by plans that have passed the checker."""
