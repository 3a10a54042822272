/**
 * Checks of the outcomes in Kafka: whether every observation has exactly one outcome, how long that takes, and which
 * incidents were reported. Uses no other package of this module.
 */
@NullMarked
package dev.noether.cli.verify;

import org.jspecify.annotations.NullMarked;
