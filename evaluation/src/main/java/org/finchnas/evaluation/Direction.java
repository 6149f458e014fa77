package org.finchnas.evaluation;

/** Which way an objective gets better. */
public enum Direction {
  MAXIMIZE,
  MINIMIZE
}
