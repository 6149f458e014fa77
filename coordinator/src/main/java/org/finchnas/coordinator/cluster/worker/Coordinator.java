package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Wire;

/** The coordinator as a worker speaks to it. */
record Coordinator(CoordinatorLink link) {

  /**
   * @throws LinkException if there is no answer
   * @throws RefusedException if the answer is that this worker must go, or that the coordinator
   *     cannot make sense of it at all
   */
  Reply ask(Request request) throws LinkException {
    byte[] answer = link.call(Wire.encode(request));
    Reply reply;
    try {
      reply = Wire.reply(answer);
    } catch (IOException e) {
      throw new LinkException("The coordinator's answer is none: " + e.getMessage(), e);
    }
    if (reply instanceof Reply.Refused refused) {
      throw new RefusedException(refused.reason());
    }
    if (reply instanceof Reply.Invalid invalid && !isAboutOneThing(request)) {
      throw new RefusedException(
          "The coordinator cannot make sense of this worker: " + invalid.reason());
    }
    return reply;
  }

  /** Where one file or result may be wrong and the rest goes on. */
  private static boolean isAboutOneThing(Request request) {
    return request instanceof Request.Report
        || request instanceof Request.Put
        || request instanceof Request.Get;
  }
}
