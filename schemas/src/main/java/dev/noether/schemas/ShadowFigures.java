package dev.noether.schemas;

/**
 * How a challenger compares with the model in force.
 *
 * @param alarmRatioLow lower end of the 98 % interval of {@link ShadowAlarms#ratio()}; NaN without alarms
 * @param alarmRatioHigh upper end of it; infinite if the champion may raise none
 * @param rankCorrelation rank correlation of the p-values of both models on the same rows; NaN with too few rows
 * @param cost time of a row with the challenger divided by that with the model in force; NaN if it was not measured
 */
public record ShadowFigures(double alarmRatioLow, double alarmRatioHigh, double rankCorrelation, double cost) {}
