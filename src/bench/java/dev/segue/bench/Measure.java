package dev.segue.bench;

import java.io.IOException;
import java.util.List;

/** One thing that is measured, in all its scenarios that were asked for. */
interface Measure {
    /** Names of its scenarios, each beginning with the measure's name. */
    List<String> scenarios();

    /** A contestant that fails has a result that says so; an exception means that nobody could be measured. */
    List<Result> run(String scenario) throws BenchException, IOException, InterruptedException;
}
