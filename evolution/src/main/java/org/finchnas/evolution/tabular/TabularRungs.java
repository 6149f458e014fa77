package org.finchnas.evolution.tabular;

import java.util.List;
import org.finchnas.evolution.tabular.TableDescription.CheaperFidelity;

/**
 * The fidelities that architectures of a table climb.
 *
 * @param lower cheapest first, without the full one
 */
record TabularRungs(List<CheaperFidelity> lower) {

  TabularRungs {
    lower = List.copyOf(lower);
  }

  static TabularRungs of(TableDescription description, boolean used) {
    return new TabularRungs(used ? description.fidelities() : List.of());
  }

  int count() {
    return lower.size() + 1;
  }

  /** Of a rung below the full one. */
  String column(int rung) {
    return lower.get(rung).column();
  }

  /** In full evaluations; a promotion goes on from the rung below and pays the difference. */
  double price(int rung, boolean promotion) {
    return price(rung) - (promotion ? price(rung - 1) : 0);
  }

  private double price(int rung) {
    return rung < lower.size() ? lower.get(rung).cost() : 1;
  }
}
