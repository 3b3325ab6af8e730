"""Lägesbild and the other papers that the law asks for."""
