/**
 * Test fixtures that several modules share: seeds, waiting, a Kafka client, recorded data.
 */
@NullMarked
package dev.noether.testing;

import org.jspecify.annotations.NullMarked;
