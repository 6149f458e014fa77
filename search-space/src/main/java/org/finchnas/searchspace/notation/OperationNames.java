package org.finchnas.searchspace.notation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.finchnas.searchspace.CellType;
import org.finchnas.searchspace.DidYouMean;
import org.finchnas.searchspace.Operation;

/** The names of a tool for the operations that it has. */
final class OperationNames {

  private final String tool;
  private final Map<Operation, String> names = new EnumMap<>(Operation.class);
  private final Map<String, Operation> operations = new HashMap<>();
  private final Map<String, String> reasons;

  /**
   * @param name of an operation, or an empty string where the tool has none
   * @param aliases further names
   * @param reasons why other names of the tool have no operation
   */
  OperationNames(
      String tool,
      Function<Operation, String> name,
      Map<String, Operation> aliases,
      Map<String, String> reasons) {
    this.tool = tool;
    this.reasons = reasons;
    for (Operation operation : Operation.values()) {
      if (!name.apply(operation).isEmpty()) {
        names.put(operation, name.apply(operation));
        operations.put(name.apply(operation), operation);
      }
    }
    operations.putAll(aliases);
  }

  Operation read(Piece piece) {
    String name = piece.string();
    Operation operation = operations.get(name);
    if (operation != null) {
      return operation;
    }
    String reason = reasons.get(name);
    throw piece.error(
        reason == null
            ? "there is no such operation. " + DidYouMean.sentence(name, operations.keySet())
            : reason);
  }

  /**
   * @param state the block's hidden state, for the message
   * @throws IllegalArgumentException if the tool has no such operation
   */
  String write(Operation operation, CellType type, int state) {
    String name = names.get(operation);
    if (name != null) {
      return name;
    }
    List<String> known = new ArrayList<>();
    names.keySet().forEach(each -> known.add(each.token()));
    throw new IllegalArgumentException(
        "%s has no operation for %s, which block %d of the %s cell uses, but only for %s. Replace it, or write the notation json, which holds everything."
            .formatted(
                tool,
                operation.token(),
                state - 1,
                CellReader.name(type),
                String.join(", ", known)));
  }
}
