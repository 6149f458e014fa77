package org.finchnas.worker.training;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.searchspace.Blueprint;

/** Names a training by everything that decides its weights and its learning curve. */
public final class CheckpointKey {

  private CheckpointKey() {}

  /**
   * SHA-256, hexadecimal: equal for trainings that can go on from each other's checkpoints, bit for
   * bit. The limits of the plan are left out, as they decide only whether a training begins.
   *
   * @param fold counted from 0; 0 also where there is only one
   */
  public static String of(
      PreparedTask prepared, Blueprint blueprint, Fidelity fidelity, int fold, TrainingPlan plan) {
    TrainingTask task = prepared.task();
    InitialWeights initial = plan.initial();
    return sha256(
        String.join(
            "\n",
            blueprint.toString(),
            fidelity + " " + fold,
            plan.params().toString(),
            Integer.toString(plan.epochs()),
            Long.toString(plan.seed()),
            Boolean.toString(plan.validateEachEpoch()),
            initial == null ? "fresh" : initial.hash() + " after " + initial.epochs(),
            Integer.toString(task.imageSize()),
            Double.toString(task.validationShare()),
            Long.toString(task.splitSeed()),
            prepared.data().contentHash(),
            NumericClass.here()));
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256", e);
    }
  }
}
