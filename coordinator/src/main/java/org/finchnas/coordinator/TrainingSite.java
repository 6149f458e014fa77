package org.finchnas.coordinator;

import org.finchnas.evaluation.Evaluator;
import org.finchnas.evaluation.ProxyEvaluator;
import org.finchnas.evaluation.slot.SlotMessage.Ready;

/** Where the candidates of a search are trained: slots of this machine, or a cluster. */
public interface TrainingSite extends Evaluator, ProxyEvaluator {

  /** Backend, instruction set and library versions that decide what a training gives. */
  String numericClass();

  /** What is trained on. */
  Ready images();
}
