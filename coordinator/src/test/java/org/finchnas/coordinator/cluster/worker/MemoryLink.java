package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.finchnas.coordinator.cluster.ClusterEvaluator;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Wire;

/** A way to a coordinator of this process that can be cut, moved to another, and disturbed. */
final class MemoryLink implements CoordinatorLink {

  private final List<Request> heard = new CopyOnWriteArrayList<>();
  private volatile ClusterEvaluator coordinator;
  private volatile Predicate<Request> cut = request -> false;
  private volatile String reason = "cut";
  private volatile UnaryOperator<Reply> noise = UnaryOperator.identity();

  MemoryLink(ClusterEvaluator coordinator) {
    this.coordinator = coordinator;
  }

  void leadTo(ClusterEvaluator other) {
    coordinator = other;
  }

  /** Lets these requests not through. */
  void cut(Predicate<Request> requests) {
    cut = requests;
  }

  /** Lets nothing through, and says why. */
  void cutOff(String why) {
    reason = why;
    cut = request -> true;
  }

  void disturb(UnaryOperator<Reply> disturbance) {
    noise = disturbance;
  }

  /** What the coordinator heard. */
  <R extends Request> List<R> heard(Class<R> kind) {
    return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public byte[] call(byte[] bytes) throws LinkException {
    Request request;
    try {
      request = Wire.request(bytes);
    } catch (IOException e) {
      return coordinator.answer(bytes);
    }
    if (cut.test(request)) {
      throw new LinkException(reason);
    }
    heard.add(request);
    Reply reply = reply(bytes);
    if (cut.test(request)) {
      throw new LinkException("cut before the reply came");
    }
    return Wire.encode(noise.apply(reply));
  }

  private Reply reply(byte[] bytes) throws LinkException {
    try {
      return Wire.reply(coordinator.answer(bytes));
    } catch (IOException | RuntimeException e) {
      throw new LinkException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {}
}
