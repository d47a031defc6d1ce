"""The mistakes that option appraisals are known for, looked for in a case and in what follows from it."""
