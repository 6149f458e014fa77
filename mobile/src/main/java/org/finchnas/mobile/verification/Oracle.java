package org.finchnas.mobile.verification;

import org.finchnas.evaluation.Predictor;

/**
 * What a file is compared with: the network itself.
 *
 * @param name what runs it, such as {@code Deeplearning4j, CPU}
 * @param predictor runs it as it was trained, in single precision
 * @param exact evaluates it in double precision; asked where single precision is not enough
 */
public record Oracle(String name, Predictor predictor, Predictor exact) {

  /** An oracle that is exact itself. */
  public static Oracle exact(String name, Predictor predictor) {
    return new Oracle(name, predictor, predictor);
  }
}
