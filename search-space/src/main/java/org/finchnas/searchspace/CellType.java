package org.finchnas.searchspace;

/** A normal cell keeps the image size; a reduction cell halves it and doubles the filters. */
public enum CellType {
  NORMAL,
  REDUCTION
}
