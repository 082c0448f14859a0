package dev.segue.render.functions;

import static dev.segue.render.functions.TemplateFunction.function;

import dev.segue.render.text.BadTextException;
import freemarker.template.TemplateModelException;
import java.util.AbstractList;
import java.util.List;

/** Whole numbers of 64 bits, that wrap around as Go's {@code int} does. */
final class NumberFunctions {
    static final List<TemplateFunction> ALL = List.of(
            function("add(a, b)", call -> call.integer(0) + call.integer(1)),
            function("sub(a, b)", call -> call.integer(0) - call.integer(1)),
            function("mul(a, b)", call -> call.integer(0) * call.integer(1)),
            function("div(a, b)", call -> call.integer(0) / divisor(call)),
            function("mod(a, b)", call -> call.integer(0) % divisor(call)),
            function("seq(first, last)", NumberFunctions::seq));

    private static final long LONGEST_SEQUENCE = 10_000_000;

    private NumberFunctions() {}

    private static long divisor(Call call) throws TemplateModelException, BadTextException {
        long divisor = call.integer(1);
        if (divisor == 0) {
            throw new BadTextException("division by zero");
        }
        return divisor;
    }

    private static List<Long> seq(Call call) throws TemplateModelException, BadTextException {
        long first = call.integer(0);
        long last = call.integer(1);
        if (first > last) {
            return List.of();
        }
        // Beyond 64 bits the difference comes out negative.
        long steps = last - first;
        if (steps < 0 || steps >= LONGEST_SEQUENCE) {
            throw new BadTextException("more than " + LONGEST_SEQUENCE + " numbers");
        }
        return new Sequence(first, (int) steps + 1);
    }

    /** Ascending numbers that take no memory. */
    private static final class Sequence extends AbstractList<Long> {
        private final long first;
        private final int size;

        Sequence(long first, int size) {
            this.first = first;
            this.size = size;
        }

        @Override
        public Long get(int index) {
            return first + index;
        }

        @Override
        public int size() {
            return size;
        }
    }
}
