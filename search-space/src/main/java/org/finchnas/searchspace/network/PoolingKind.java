package org.finchnas.searchspace.network;

/** What a pooling window computes. */
public enum PoolingKind {
  MAX,
  AVERAGE
}
