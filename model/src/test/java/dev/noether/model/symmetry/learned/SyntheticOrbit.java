package dev.noether.model.symmetry.learned;

import dev.noether.model.data.SeriesSet;
import java.util.random.RandomGenerator;

/**
 * The orbit {@code x(θ) = exp(θG) x(0)} of a random point under rotations of a few planes at whole-numbered speeds, and so
 * closed: the circular shift of a random sum of harmonics, or the same in a hidden basis.
 */
public final class SyntheticOrbit {
    public static final int LENGTH = 48;

    private final double[][] planes;
    private final double[] cosines;
    private final double[] sines;

    private SyntheticOrbit(double[][] planes, double[] cosines, double[] sines) {
        this.planes = planes;
        this.cosines = cosines;
        this.sines = sines;
    }

    /** Circular shifts of a sum of the first {@code speeds} harmonics with random amplitudes and phases. */
    public static SyntheticOrbit circularShift(RandomGenerator random, int speeds) {
        double[][] planes = new double[2 * speeds][LENGTH];
        for (int speed = 0; speed < speeds; speed++) {
            for (int time = 0; time < LENGTH; time++) {
                double angle = 2 * Math.PI * (speed + 1) * time / LENGTH;
                planes[2 * speed][time] = Math.cos(angle) * Math.sqrt(2.0 / LENGTH);
                planes[2 * speed + 1][time] = Math.sin(angle) * Math.sqrt(2.0 / LENGTH);
            }
        }
        return through(planes, random);
    }

    /** Rotations at the speeds 1 to {@code speeds} in planes of a random orthonormal basis. */
    public static SyntheticOrbit rotation(RandomGenerator random, int speeds) {
        double[][] planes = new double[2 * speeds][LENGTH];
        for (int index = 0; index < planes.length; index++) {
            for (int time = 0; time < LENGTH; time++) {
                planes[index][time] = random.nextGaussian();
            }
            for (int other = 0; other < index; other++) {
                Matrices.addMultiple(planes[index], -Matrices.dot(planes[index], planes[other]), planes[other]);
            }
            double length = Math.sqrt(Matrices.dot(planes[index], planes[index]));
            for (int time = 0; time < LENGTH; time++) {
                planes[index][time] /= length;
            }
        }
        return through(planes, random);
    }

    private static SyntheticOrbit through(double[][] planes, RandomGenerator random) {
        int speeds = planes.length / 2;
        double[] cosines = new double[speeds];
        double[] sines = new double[speeds];
        double squares = 0;
        for (int speed = 0; speed < speeds; speed++) {
            cosines[speed] = random.nextGaussian();
            sines[speed] = random.nextGaussian();
            squares += cosines[speed] * cosines[speed] + sines[speed] * sines[speed];
        }
        // A mean square of 1 for every value.
        double scale = Math.sqrt(LENGTH / squares);
        for (int speed = 0; speed < speeds; speed++) {
            cosines[speed] *= scale;
            sines[speed] *= scale;
        }
        return new SyntheticOrbit(planes, cosines, sines);
    }

    /** The point at an angle; all planes are back where they were after 2π. */
    double[] point(double angle) {
        double[] point = new double[LENGTH];
        for (int speed = 0; speed < cosines.length; speed++) {
            double turn = (speed + 1) * angle;
            double first = cosines[speed] * Math.cos(turn) - sines[speed] * Math.sin(turn);
            double second = cosines[speed] * Math.sin(turn) + sines[speed] * Math.cos(turn);
            Matrices.addMultiple(point, first, planes[2 * speed]);
            Matrices.addMultiple(point, second, planes[2 * speed + 1]);
        }
        return point;
    }

    /** {@code G x(θ)}. */
    double[] tangent(double angle) {
        double[] tangent = new double[LENGTH];
        for (int speed = 0; speed < cosines.length; speed++) {
            double turn = (speed + 1) * angle;
            double first = -cosines[speed] * Math.sin(turn) - sines[speed] * Math.cos(turn);
            double second = cosines[speed] * Math.cos(turn) - sines[speed] * Math.sin(turn);
            Matrices.addMultiple(tangent, (speed + 1) * first, planes[2 * speed]);
            Matrices.addMultiple(tangent, (speed + 1) * second, planes[2 * speed + 1]);
        }
        return tangent;
    }

    /** Points at random angles, with noise. */
    public SeriesSet sample(RandomGenerator random, int count, double noise) {
        float[] values = new float[count * LENGTH];
        for (int index = 0; index < count; index++) {
            double[] point = point(2 * Math.PI * random.nextDouble());
            for (int time = 0; time < LENGTH; time++) {
                values[index * LENGTH + time] = (float) (point[time] + noise * random.nextGaussian());
            }
        }
        return SeriesSet.of(values, count, LENGTH);
    }

    /** The mean |cos| between the learned velocity and the true tangent along the orbit. */
    public double agreement(SkewGenerator generator) {
        int places = 100;
        double sum = 0;
        for (int place = 0; place < places; place++) {
            double angle = 2 * Math.PI * place / places;
            double[] learned = generator.velocity(point(angle));
            double[] tangent = tangent(angle);
            sum += Math.abs(Matrices.dot(learned, tangent))
                    / Math.sqrt(Matrices.dot(learned, learned) * Matrices.dot(tangent, tangent));
        }
        return sum / places;
    }
}
