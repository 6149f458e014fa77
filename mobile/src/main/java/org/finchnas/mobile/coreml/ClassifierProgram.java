package org.finchnas.mobile.coreml;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Argument;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Block;
import org.finchnas.mobile.coreml.proto.ProgramMessages.DataType;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Function;
import org.finchnas.mobile.coreml.proto.ProgramMessages.NamedType;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Operation;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Program;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.GraphOp;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.searchspace.network.Shape;

/** A network as an ML program and the file of its weights. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ClassifierProgram(Program program, byte[] weightFile) {

  /**
   * @param operationSet the version of the operations
   */
  static ClassifierProgram of(InferenceGraph source, Precision precision, String operationSet) {
    ProgramBlock block = new ProgramBlock(precision);
    String row = body(block, source);
    List<Integer> shape = List.of(1, source.labels().size());
    boolean halves = block.arithmetic() == DataType.FLOAT16;
    String logits =
        halves
            ? block
                .operation("cast", ClassifierDescription.LOGITS)
                .with("x", row)
                .with("dtype", ProgramValues.text("fp32"))
                .gives(DataType.FLOAT32, shape)
            : row;
    String probabilities =
        block
            .operation("softmax", ClassifierDescription.PROBABILITIES)
            .with("x", logits)
            .with("axis", ProgramValues.integer(-1))
            .gives(DataType.FLOAT32, shape);
    block.add(classify(probabilities, source.labels()));
    Block.Builder main =
        Block.newBuilder()
            .addAllOperations(block.operations())
            .addOutputs(ClassifierDescription.LABEL)
            .addOutputs(ClassifierDescription.LABEL_PROBABILITIES)
            .addOutputs(logits);
    Function.Builder function =
        Function.newBuilder()
            .addInputs(
                NamedType.newBuilder()
                    .setName(ClassifierDescription.IMAGE)
                    .setType(
                        ProgramValues.tensor(
                            DataType.FLOAT32, ProgramOperation.dimensions(source.input()))))
            .setOpset(operationSet)
            .putBlocks(operationSet, main.build());
    return new ClassifierProgram(
        Program.newBuilder().setVersion(1).putFunctions("main", function.build()).build(),
        block.weightFile());
  }

  /** Everything up to the row of logits in the program's arithmetic, whose name it answers. */
  private static String body(ProgramBlock block, InferenceGraph source) {
    List<String> values = new ArrayList<>();
    int last = source.nodes().size() - 1;
    for (int i = 0; i < last; i++) {
      values.add(source.nodes().get(i).op().match(nodes(block, source, i, values)));
    }
    String row =
        block.arithmetic() == DataType.FLOAT32
            ? ClassifierDescription.LOGITS
            : ClassifierDescription.LOGITS + "_half";
    ProgramNodes nodes = nodes(block, source, last, values);
    return source.output().op() instanceof GraphOp.Dense dense
        ? nodes.row(dense, row)
        : nodes.reshaped(row, source.output().op().match(nodes), 1, source.labels().size());
  }

  private static ProgramNodes nodes(
      ProgramBlock block, InferenceGraph source, int index, List<String> values) {
    GraphNode node = source.nodes().get(index);
    List<String> inputs = node.inputs().stream().map(values::get).toList();
    Shape in = inputs.isEmpty() ? node.shape() : source.nodes().get(node.inputs().get(0)).shape();
    // Names in programs are letters, digits and underscores; the number keeps them apart.
    String name = "n%d_%s".formatted(index, node.name().replaceAll("[^A-Za-z0-9_]", "_"));
    return new ProgramNodes(block, node, name, inputs, in);
  }

  private static Operation classify(String probabilities, List<String> labels) {
    return Operation.newBuilder()
        .setType("classify")
        .putAttributes("name", ProgramValues.text("classify"))
        .putInputs(
            "probabilities",
            Argument.newBuilder()
                .addBindings(Argument.Binding.newBuilder().setName(probabilities))
                .build())
        .putInputs(
            "classes",
            Argument.newBuilder()
                .addBindings(Argument.Binding.newBuilder().setValue(ProgramValues.texts(labels)))
                .build())
        .addOutputs(
            NamedType.newBuilder()
                .setName(ClassifierDescription.LABEL)
                .setType(ProgramValues.textType()))
        .addOutputs(
            NamedType.newBuilder()
                .setName(ClassifierDescription.LABEL_PROBABILITIES)
                .setType(ProgramValues.dictionary()))
        .build();
  }
}
