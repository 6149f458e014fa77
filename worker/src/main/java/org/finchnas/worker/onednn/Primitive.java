package org.finchnas.worker.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc_iterator;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** One prepared computation of oneDNN's and the arguments it was last given. */
final class Primitive implements AutoCloseable {

  /**
   * How the names of implementations that multiply small blocks begin, such as {@code brgconv} and
   * {@code brdgmm_dw}. In 2.5 they are slower than the next in line on channels-last maps.
   */
  private static final String BLOCKWISE = "br";

  private final dnnl_primitive_desc description;
  private final dnnl_primitive primitive = new dnnl_primitive();
  private final Map<Integer, dnnl_memory> memories = new LinkedHashMap<>();
  private final dnnl_exec_arg_t arguments;
  private final long scratchBytes;

  /**
   * @param operation oneDNN's description of an operation
   * @param forward for a backward operation the forward one
   * @param argumentIds what has to be given before it is run
   */
  Primitive(Pointer operation, @Nullable Primitive forward, int... argumentIds) {
    this(operation, forward, implementation -> true, argumentIds);
  }

  /**
   * The same, by one of some implementations.
   *
   * @param allowed whether an implementation of this name may be taken
   */
  Primitive(
      Pointer operation,
      @Nullable Primitive forward,
      Predicate<String> allowed,
      int... argumentIds) {
    this(fastest(operation, forward == null ? null : forward.description, allowed), argumentIds);
  }

  private Primitive(dnnl_primitive_desc description, int... argumentIds) {
    this.description = description;
    OneDnn.check(() -> dnnl.dnnl_primitive_create(primitive, description));
    scratchBytes = dnnl.dnnl_memory_desc_get_size(layout(dnnl.DNNL_ARG_SCRATCHPAD));
    for (int id : argumentIds) {
      memories.put(id, memory(layout(id)));
    }
    if (scratchBytes > 0) {
      memories.put(dnnl.DNNL_ARG_SCRATCHPAD, memory(layout(dnnl.DNNL_ARG_SCRATCHPAD)));
    }
    arguments = new dnnl_exec_arg_t(memories.size());
    int position = 0;
    for (Map.Entry<Integer, dnnl_memory> entry : memories.entrySet()) {
      arguments.position(position++).arg(entry.getKey()).memory(entry.getValue());
    }
    arguments.position(0);
  }

  /** Copies an array from one layout to another. */
  static Primitive copy(dnnl_memory_desc_t from, dnnl_memory_desc_t to) {
    var description = new dnnl_primitive_desc();
    dnnl_primitive_attr attributes = attributes();
    OneDnn.check(
        () ->
            dnnl.dnnl_reorder_primitive_desc_create(
                description, from, OneDnn.engine(), to, OneDnn.engine(), attributes));
    OneDnn.check(() -> dnnl.dnnl_primitive_attr_destroy(attributes));
    return new Primitive(description, dnnl.DNNL_ARG_FROM, dnnl.DNNL_ARG_TO);
  }

  private static dnnl_primitive_desc fastest(
      Pointer operation, @Nullable dnnl_primitive_desc forward, Predicate<String> allowed) {
    var iterator = new dnnl_primitive_desc_iterator();
    dnnl_primitive_attr attributes = attributes();
    OneDnn.check(
        () ->
            dnnl.dnnl_primitive_desc_iterator_create(
                iterator,
                new const_dnnl_op_desc_t(operation),
                attributes,
                OneDnn.engine(),
                forward));
    dnnl_primitive_desc found = dnnl.dnnl_primitive_desc_iterator_fetch(iterator);
    while (implementation(found).startsWith(BLOCKWISE) || !allowed.test(implementation(found))) {
      dnnl.dnnl_primitive_desc_destroy(found);
      OneDnn.check(() -> dnnl.dnnl_primitive_desc_iterator_next(iterator));
      found = dnnl.dnnl_primitive_desc_iterator_fetch(iterator);
    }
    OneDnn.check(() -> dnnl.dnnl_primitive_desc_iterator_destroy(iterator));
    OneDnn.check(() -> dnnl.dnnl_primitive_attr_destroy(attributes));
    return found;
  }

  /** Scratch memory is the caller's: oneDNN's own would belong to the thread that prepares. */
  private static dnnl_primitive_attr attributes() {
    var attributes = new dnnl_primitive_attr();
    OneDnn.check(() -> dnnl.dnnl_primitive_attr_create(attributes));
    OneDnn.check(
        () ->
            dnnl.dnnl_primitive_attr_set_scratchpad_mode(
                attributes, dnnl.dnnl_scratchpad_mode_user));
    return attributes;
  }

  private static String implementation(dnnl_primitive_desc description) {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      OneDnn.check(
          () ->
              dnnl.dnnl_primitive_desc_query(description, dnnl.dnnl_query_impl_info_str, 0, name));
      return name.get(BytePointer.class, 0).getString();
    }
  }

  private static dnnl_memory memory(dnnl_memory_desc_t layout) {
    var memory = new dnnl_memory();
    OneDnn.check(() -> dnnl.dnnl_memory_create(memory, layout, OneDnn.engine(), null));
    return memory;
  }

  /** Which of oneDNN's implementations was taken, such as {@code jit_dw:avx2}. */
  String implementation() {
    return implementation(description);
  }

  /** How the primitive wants an argument to lie. */
  dnnl_memory_desc_t layout(int argument) {
    return dnnl.dnnl_primitive_desc_query_md(description, dnnl.dnnl_query_exec_arg_md, argument);
  }

  void give(int argument, FloatPointer values) {
    dnnl_memory memory = Objects.requireNonNull(memories.get(argument), "no such argument");
    OneDnn.check(() -> dnnl.dnnl_memory_set_data_handle(memory, values));
  }

  /** Floats that {@link #run} needs on the way. */
  long scratchFloats() {
    return (scratchBytes + Float.BYTES - 1) / Float.BYTES;
  }

  /**
   * Computes.
   *
   * @param scratch room for {@link #scratchFloats}
   */
  void run(FloatPointer scratch) {
    if (scratchBytes > 0) {
      give(dnnl.DNNL_ARG_SCRATCHPAD, scratch);
    }
    OneDnn.check(
        () -> dnnl.dnnl_primitive_execute(primitive, OneDnn.stream(), memories.size(), arguments));
  }

  @Override
  public void close() {
    memories.values().forEach(dnnl::dnnl_memory_destroy);
    dnnl.dnnl_primitive_destroy(primitive);
    dnnl.dnnl_primitive_desc_destroy(description);
    arguments.close();
  }
}
