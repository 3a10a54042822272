/**
 * The notifier: reads the incidents of a detector from Kafka and tells them to Alertmanager, a webhook, Slack or
 * PagerDuty (decision 50). Each receiver has a consumer group of its own, whose offset is committed after the receiver's
 * answer.
 */
@NullMarked
package dev.noether.flink.notify;

import org.jspecify.annotations.NullMarked;
