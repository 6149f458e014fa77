package org.finchnas.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.finchnas.coordinator.SearchInputException;
import org.finchnas.coordinator.cluster.worker.RefusedException;
import org.finchnas.coordinator.config.ConfigException;
import org.finchnas.coordinator.keys.KeyException;
import org.finchnas.coordinator.run.RunException;
import org.finchnas.data.DataSetException;
import org.finchnas.evolution.tabular.TableException;
import org.finchnas.mobile.UnreadableModelException;
import org.finchnas.mobile.latency.profile.UnreadableProfileException;
import org.finchnas.searchspace.weights.UnreadableWeightsException;
import org.finchnas.worker.NoCudaException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into a message, and the stack trace only when it is asked for. */
final class Failures implements IExecutionExceptionHandler {

  static int badUsage(ParameterException failure, String[] arguments) {
    PrintWriter err = failure.getCommandLine().getErr();
    err.println("finch: " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("Try '" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return Finch.BAD_INPUT;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    PrintWriter err = command.getErr();
    err.println("finch: " + message(failure));
    if (Output.isVerbose(command)) {
      failure.printStackTrace(err);
    }
    return exitCode(failure);
  }

  static int exitCode(Throwable outer) {
    Throwable failure = inner(outer);
    boolean badInput =
        failure instanceof IllegalArgumentException
            || failure instanceof InputException
            || failure instanceof ConfigException
            || failure instanceof KeyException
            || failure instanceof RunException
            || failure instanceof NoCudaException
            || failure instanceof RefusedException
            || failure instanceof SearchInputException
            || failure instanceof TableException
            || failure instanceof DataSetException
            || failure instanceof UnreadableModelException
            || failure instanceof UnreadableProfileException
            || failure instanceof UnreadableWeightsException
            || failure instanceof AccessDeniedException
            || failure instanceof NoSuchFileException;
    return badInput ? Finch.BAD_INPUT : Finch.FAILED;
  }

  /** The failure itself, or the one it only carries: then it has nothing to say of its own. */
  private static Throwable inner(Throwable failure) {
    Throwable cause = failure.getCause();
    if (failure instanceof UncheckedIOException
        && cause != null
        && cause.toString().equals(failure.getMessage())) {
      return cause;
    }
    return failure;
  }

  static String message(Throwable outer) {
    Throwable failure = inner(outer);
    if (failure instanceof NoSuchFileException missing) {
      return "there is no file " + missing.getFile() + ".";
    }
    if (failure instanceof FileAlreadyExistsException existing) {
      return existing.getFile() + " exists already.";
    }
    if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + " must not be written or read. Mind its permissions.";
    }
    String message = failure.getMessage();
    boolean says = message != null && !message.isBlank();
    if (says && (failure instanceof IOException || failure instanceof RuntimeException)) {
      return String.valueOf(message);
    }
    return failure.getClass().getSimpleName() + (says ? ": " + message : ". --verbose tells more.");
  }
}
