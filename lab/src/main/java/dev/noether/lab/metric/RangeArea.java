package dev.noether.lab.metric;

/**
 * The areas under the range-based curves for one buffer (Paparrizos et al., "Volume Under the Surface", VLDB 2022):
 * Range-AUC-ROC and Range-AUC-PR.
 *
 * @param roc area under the range-based receiver operating characteristic; chance is 0.5 without a buffer and
 *     more with one
 * @param precisionRecall area under the range-based precision-recall curve; chance is about the share of anomalous rows
 */
public record RangeArea(double roc, double precisionRecall) {}
