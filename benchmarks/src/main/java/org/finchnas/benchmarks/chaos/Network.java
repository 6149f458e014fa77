package org.finchnas.benchmarks.chaos;

import java.util.List;
import org.finchnas.coordinator.ignite.Endpoint;

/** What lies between the coordinator and its workers, who are counted from 0. */
interface Network {

  Endpoint endpoint();

  /** What a command begins with that is to run where the coordinator is. */
  List<String> coordinatorPrefix();

  /** What a command begins with that is to run where a worker is. */
  List<String> workerPrefix(int worker);

  /** Options of the coordinator that say how it is reached. */
  List<String> coordinatorOptions();

  /** Options of workers that say how they reach it. */
  List<String> workerOptions();
}
