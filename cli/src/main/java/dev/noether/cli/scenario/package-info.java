/**
 * Demonstrations that tell a story: each shows one promise with real processes, a real broker and real trainings, and
 * checks it.
 */
@NullMarked
package dev.noether.cli.scenario;

import org.jspecify.annotations.NullMarked;
