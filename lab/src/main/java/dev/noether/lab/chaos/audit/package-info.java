/**
 * What a run left in the topics: each observation once, each incident once, and the same scores as an undisturbed run.
 */
@NullMarked
package dev.noether.lab.chaos.audit;

import org.jspecify.annotations.NullMarked;
