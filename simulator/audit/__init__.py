"""Who may do what, why not, by which grant; and what each grant and refusal did to a run."""
