package org.finchnas.worker.graph;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Calls of ND4J operations by name, into arrays that exist. */
final class Ops {
  private Ops() {}

  static INDArray[] arrays(INDArray... arrays) {
    return arrays;
  }

  /** The same values in another shape; not a copy if the array is contiguous. */
  static INDArray reshape(INDArray array, long... shape) {
    return array.reshape('c', shape);
  }

  /** Runs an operation with integer arguments. */
  static void run(String name, INDArray[] inputs, INDArray[] outputs, long... arguments) {
    Nd4j.exec(operation(name, inputs, outputs, arguments));
  }

  /** Runs an operation with integer arguments and a number. */
  static void run(
      String name, INDArray[] inputs, INDArray[] outputs, double number, long... arguments) {
    DynamicCustomOp op = operation(name, inputs, outputs, arguments);
    op.addTArgument(number);
    Nd4j.exec(op);
  }

  private static DynamicCustomOp operation(
      String name, INDArray[] inputs, INDArray[] outputs, long... arguments) {
    DynamicCustomOp op =
        DynamicCustomOp.builder(name).addInputs(inputs).addOutputs(outputs).build();
    op.addIArgument(arguments);
    return op;
  }
}
