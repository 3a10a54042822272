/**
 * Test fixtures that several modules share: random cases, waiting, a Kafka client, and recorded data. No production
 * code uses them.
 */
@NullMarked
package dev.noether.testing;

import org.jspecify.annotations.NullMarked;
