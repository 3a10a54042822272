/** The kinds of faults, the plan that a seed draws from them, and the programs that do them to the services. */
@NullMarked
package dev.noether.lab.chaos.fault;

import org.jspecify.annotations.NullMarked;
