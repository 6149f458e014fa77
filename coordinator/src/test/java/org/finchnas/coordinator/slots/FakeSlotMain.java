package org.finchnas.coordinator.slots;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.finchnas.coordinator.Toy;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.evaluation.slot.SlotChannel;
import org.finchnas.evaluation.slot.SlotMessage;
import org.finchnas.evaluation.slot.SlotMessage.Hello;
import org.finchnas.evaluation.slot.SlotMessage.Progress;
import org.finchnas.evaluation.slot.SlotMessage.Ready;
import org.finchnas.evaluation.slot.SlotMessage.Refused;
import org.finchnas.evaluation.slot.SlotMessage.Score;
import org.finchnas.evaluation.slot.SlotMessage.Scored;
import org.finchnas.evaluation.slot.SlotMessage.Stop;
import org.finchnas.evaluation.slot.SlotMessage.Train;
import org.finchnas.evaluation.slot.SlotMessage.Trained;
import org.finchnas.evaluation.slot.SlotMessage.Unable;
import org.finchnas.searchspace.Architecture;

/**
 * A slot process that trains nothing and misbehaves on demand. Its arguments: a directory, where
 * each training it begins leaves a file {@code began-NUMBER-ATTEMPT}, then accidents {@code
 * WHEN:WHAT:TIMES}, {@code WHEN} being a candidate's number or {@code start}.
 */
public final class FakeSlotMain {

  private final Path directory;
  private final List<String> accidents;
  private final OutputStream out;
  private final SlotChannel channel;
  private final LinkedBlockingQueue<Optional<SlotMessage>> received = new LinkedBlockingQueue<>();

  private FakeSlotMain(Path directory, List<String> accidents) {
    this.directory = directory;
    this.accidents = accidents;
    this.out = new BufferedOutputStream(System.out, 1);
    this.channel = new SlotChannel(System.in, out);
  }

  public static void main(String[] args) throws Exception {
    List<String> accidents = Arrays.asList(args).subList(1, args.length);
    new FakeSlotMain(Path.of(args[0]), accidents).run();
  }

  /** A command that starts one with little ado. */
  static ProcessBuilder command(Path directory, String... accidents) {
    List<String> command = java(FakeSlotMain.class);
    command.add(directory.toString());
    command.addAll(Arrays.asList(accidents));
    return new ProcessBuilder(command);
  }

  /** A Java that starts fast and stays small. */
  static List<String> java(Class<?> main) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
  }

  private void run() throws Exception {
    Thread reader = new Thread(this::read, "reader");
    reader.setDaemon(true);
    reader.start();
    System.err.println("fake slot " + ProcessHandle.current().pid() + " starts");
    String what = accident("start");
    if (what.equals("unable")) {
      channel.send(new Hello(SlotChannel.PROTOCOL, ProcessHandle.current().pid(), "toy"));
      channel.send(new Unable("There is no data set named shape. Did you mean shapes?"));
      new CountDownLatch(1).await();
    }
    befall(what);
    String numericClass = what.equals("differ") ? "other" : "toy";
    channel.send(new Hello(SlotChannel.PROTOCOL, ProcessHandle.current().pid(), numericClass));
    received.take();
    channel.send(new Ready("cafe", 3, List.of("a", "b"), 90, 10));
    for (Optional<SlotMessage> next = received.take(); next.isPresent(); next = received.take()) {
      if (next.get() instanceof Stop) {
        return;
      }
      if (next.get() instanceof Score order) {
        score(order);
      } else {
        train((Train) next.get());
      }
    }
  }

  /** Ends with its owner, also in the middle of a training. */
  private void read() {
    try {
      for (Optional<SlotMessage> next = channel.receive(); ; next = channel.receive()) {
        if (next.isEmpty()) {
          Runtime.getRuntime().halt(0);
        }
        received.add(next);
      }
    } catch (IOException e) {
      Runtime.getRuntime().halt(3);
    }
  }

  /** Its accidents are called "score". */
  private void score(Score order) throws Exception {
    count("scored-" + order.seed());
    String what = accident("score");
    befall(what);
    if (what.equals("full")) {
      channel.send(new Refused(order.number(), FailureReason.MACHINE, "No space left on device."));
      return;
    }
    if (what.equals("disk")) {
      channel.send(new Unable("images cannot be decoded (No space left on device)."));
      return;
    }
    channel.send(new Scored(order.number(), Map.of(ZeroCostProxy.SYNFLOW, (double) order.seed())));
  }

  private void train(Train order) throws Exception {
    count("began-" + order.number());
    String what = accident(String.valueOf(order.number()));
    befall(what);
    if (what.equals("memory")) {
      channel.send(new Refused(order.number(), FailureReason.MEMORY, "no room"));
      return;
    }
    if (what.equals("full")) {
      channel.send(new Refused(order.number(), FailureReason.MACHINE, "No space left on device."));
      return;
    }
    if (what.equals("disk")) {
      channel.send(new Unable("weights cannot be written (No space left on device)."));
      return;
    }
    Candidate candidate =
        new Candidate(
            order.number(),
            Architecture.parse(order.design()),
            order.fidelity(),
            order.seed(),
            null,
            order.start());
    Thread.sleep(Math.floorMod(order.seed(), what.equals("slow") ? 500 : 10));
    Evaluation outcome = Toy.outcome(candidate, null);
    if (outcome instanceof Completed completed) {
      for (int i = 0; i < completed.learningCurve().size(); i++) {
        channel.send(new Progress(order.number(), i + 1, completed.learningCurve().get(i)));
      }
      channel.send(
          new Trained(
              order.number(),
              completed.score(Objective.VALIDATION_ACCURACY),
              completed.learningCurve(),
              completed.weights(),
              completed.trainedImages(),
              completed.inheritedShare()));
    } else if (outcome instanceof Failed failed) {
      channel.send(new Refused(order.number(), failed.reason(), failed.message()));
    }
  }

  private void befall(String what) throws Exception {
    switch (what) {
      case "crash" -> {
        System.err.println("SIGSEGV, as if");
        Runtime.getRuntime().halt(139);
      }
      case "hang" -> new CountDownLatch(1).await();
      case "garbage" -> {
        out.write("# A fatal error has been detected".getBytes(StandardCharsets.UTF_8));
        out.flush();
        new CountDownLatch(1).await();
      }
      case "close" -> {
        out.close();
        new CountDownLatch(1).await();
      }
      case "other-number" -> channel.send(new Progress(999_999, 1, new Epoch(1, 0.5)));
      default -> {}
    }
  }

  /** What is to happen now, or an empty text. */
  private String accident(String when) throws IOException {
    for (String accident : accidents) {
      String[] parts = accident.split(":");
      if (parts[0].equals(when) && count(when + "-" + parts[1]) < Integer.parseInt(parts[2])) {
        return parts[1];
      }
    }
    return "";
  }

  /** How often this happened before, over all processes. */
  private int count(String event) throws IOException {
    int times = 0;
    while (!created(directory.resolve(event + "-" + times))) {
      times++;
    }
    return times;
  }

  private static boolean created(Path file) throws IOException {
    try {
      Files.createFile(file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
