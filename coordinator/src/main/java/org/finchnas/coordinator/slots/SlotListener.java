package org.finchnas.coordinator.slots;

import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.ProxyRequest;

/** Watches the slots, for display only; called by several threads. */
public interface SlotListener {

  /** Watches nothing. */
  SlotListener NONE = new SlotListener() {};

  /** A slot began to train; again, if it is a further attempt. */
  default void started(int slot, Candidate candidate) {}

  /** A slot has seen all training images once more. */
  default void epoch(int slot, Candidate candidate, int epochs, Epoch last) {}

  /** A slot died, hung or talked nonsense; it is started afresh. */
  default void lost(int slot, Candidate candidate, String message) {}

  /** The same while it computed proxies. */
  default void lost(int slot, ProxyRequest request, String message) {}
}
