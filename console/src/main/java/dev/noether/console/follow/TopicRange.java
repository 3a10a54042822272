package dev.noether.console.follow;

/**
 * A part of one partition.
 *
 * @param topic name of the topic
 * @param partition number of the partition
 * @param from first offset
 * @param to first offset after it
 */
public record TopicRange(String topic, int partition, long from, long to) {}
