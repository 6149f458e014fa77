package org.finchnas.evolution.surrogate;

/**
 * How alike the results of two architectures are expected to be: the product over the positions in
 * which they differ of exp(-w), where w says how much a position and the two choices there matter.
 * That is a Gaussian kernel of one-hot vectors with a length of its own for each position
 * (automatic relevance determination) and for each choice of an alphabet, so any of them is
 * positive definite.
 *
 * <p>Its parameters are logarithms: a common scale, then one for each position, then one for each
 * choice of each alphabet, then the own share, then the noise.
 */
final class CategoricalKernel {

  private final KernelShape shape;
  private final double[] parameters;
  // By position, value and value: exp(-w), 1 on the diagonal.
  private final double[][][] factors;
  private final double[][] halves;
  private final int[] firstChoice;

  CategoricalKernel(KernelShape shape, double[] parameters) {
    this.shape = shape;
    this.parameters = parameters.clone();
    factors = new double[shape.positions()][][];
    halves = new double[shape.positions()][];
    firstChoice = new int[shape.positions()];
    for (int position = 0; position < factors.length; position++) {
      firstChoice[position] = 1 + shape.positions() + shape.offset(shape.alphabets().get(position));
      fill(position);
    }
  }

  private void fill(int position) {
    int choices = shape.choicesOf(position);
    halves[position] = new double[choices];
    for (int choice = 0; choice < choices; choice++) {
      halves[position][choice] =
          Math.exp(
                  parameters[0]
                      + parameters[1 + position]
                      + parameters[choiceParameter(position, choice)])
              / 2;
    }
    factors[position] = new double[choices][choices];
    for (int a = 0; a < choices; a++) {
      for (int b = 0; b < choices; b++) {
        factors[position][a][b] = a == b ? 1 : Math.exp(-halves[position][a] - halves[position][b]);
      }
    }
  }

  /** What a choice adds to the weight of a difference in which it takes part. */
  double half(int position, int choice) {
    return halves[position][choice];
  }

  /** Where the parameter of a choice stands. */
  int choiceParameter(int position, int choice) {
    return firstChoice[position] + choice;
  }

  static int parameterCount(KernelShape shape) {
    return 3 + shape.positions() + shape.allChoices();
  }

  double[] parameters() {
    return parameters.clone();
  }

  /** Variance of the noise, as a share of what an architecture has in common with others. */
  double noise() {
    return Math.exp(parameters[parameters.length - 1]);
  }

  /** Variance of what is an architecture's own, as a share of what it has in common with others. */
  double own() {
    return Math.exp(parameters[parameters.length - 2]);
  }

  /** Covariance of the results without noise; of equal ones {@link #self}. */
  double of(int[] a, int[] b) {
    double product = common(a, b);
    return product == 1 ? self() : product;
  }

  /** In (0, 1]; 1 for equal ones. */
  double common(int[] a, int[] b) {
    double product = 1;
    for (int i = 0; i < a.length; i++) {
      product *= factors[i][a[i]][b[i]];
    }
    return product;
  }

  /** Variance of a result without noise. */
  double self() {
    return 1 + own();
  }
}
