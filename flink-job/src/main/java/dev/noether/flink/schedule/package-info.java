/**
 * Periodic retraining: the scheduler, and one training on a Flink cluster inside this JVM. Uses the jobs; knows
 * neither the command line nor the containers.
 */
@NullMarked
package dev.noether.flink.schedule;

import org.jspecify.annotations.NullMarked;
