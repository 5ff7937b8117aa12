# SPDX-License-Identifier: MIT
usagectl_test(forecast_test SOURCES account/forecast_test.cpp LINK usagectl_account)
